package io.datapoints.connect.fault;

import de.bwaldvogel.mongo.bson.Document;

/** What goes wrong with the updates that a MongoDB is asked for; a code of 0 is no error. */
interface WriteFault {

  /** Nothing goes wrong. */
  WriteFault NONE = new WriteFault() {};

  /** The error of one operation, given its filter; the others of its command are carried out. */
  default int ofOperation(Document filter) {
    return 0;
  }

  /** The error of a whole command, of which nothing is carried out. */
  default int ofCommand() {
    return 0;
  }

  /** The error with which a command that is carried out completely ends all the same. */
  default int ofWriteConcern() {
    return 0;
  }
}
