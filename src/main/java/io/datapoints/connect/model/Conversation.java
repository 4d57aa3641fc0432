package io.datapoints.connect.model;

/**
 * Who talked to whom over what: the two addresses and the protocol, which together make the
 * partition of a flow. Immutable, with its hash computed once: one instance usually serves all
 * flows between two addresses, so that whatever is derived from it can be kept per instance.
 */
public final class Conversation {

  private final String sourceIp;
  private final String destIp;
  private final String protocol;
  private final int hash;

  public Conversation(String sourceIp, String destIp, String protocol) {
    this.sourceIp = sourceIp;
    this.destIp = destIp;
    this.protocol = protocol;
    this.hash = new SipHash().add(sourceIp).add(destIp).add(protocol).toInt();
  }

  /** The source's address as text. */
  public String sourceIp() {
    return sourceIp;
  }

  /** The destination's address as text. */
  public String destIp() {
    return destIp;
  }

  /** The transport protocol, by name or by number as the record had it. */
  public String protocol() {
    return protocol;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Conversation that
            && hash == that.hash
            && sourceIp.equals(that.sourceIp)
            && destIp.equals(that.destIp)
            && protocol.equals(that.protocol));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Names nobody: addresses are payload. */
  @Override
  public String toString() {
    return "Conversation";
  }
}
