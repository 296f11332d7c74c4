package salt.master.request;

import java.util.concurrent.CompletionStage;

/** What a command answers. */
public sealed interface Reply {
  /** A value, sealed as the request was. */
  record Now(Object value) implements Reply {}

  /** A value that is not ready yet: it is sent when it is, and the worker goes on meanwhile. */
  record Later(CompletionStage<?> value) implements Reply {}

  /** Data for one minion alone, under a key of its own and signed: {@code _pillar}. */
  record Private(Object value) implements Reply {}

  /** Answers at once. */
  static Reply of(Object value) {
    return new Now(value);
  }
}
