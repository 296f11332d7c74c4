package salt.master.runner;

import java.util.List;
import java.util.Map;

/** How runners have minions do something. */
public interface MinionClient {
  /**
   * Publishes a job and gathers its returns, asking minions that are late whether they still run
   * it, as {@code salt} does.
   *
   * @throws MinionClientException when it cannot be published; nobody matching is no failure
   */
  Gathered run(Order order);

  /**
   * A job for minions.
   *
   * @param target text, or a list of ids
   * @param targetType {@code tgt_type}
   * @param fun the function
   * @param arg its arguments, as published
   * @param timeout seconds until those that are late are asked
   * @param gatherTimeout seconds that they get to answer ({@code gather_job_timeout})
   */
  record Order(
      Object target,
      String targetType,
      String fun,
      List<Object> arg,
      int timeout,
      int gatherTimeout) {}

  /**
   * What came of a job.
   *
   * @param minions those it was for
   * @param returns by id: maps with <code>return</code> and, as far as sent, {@code retcode}
   */
  record Gathered(List<String> minions, Map<String, Map<String, Object>> returns) {}

  /** A job was not published; the message says why in the words of Salt's client. */
  final class MinionClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Not published, as {@code message} says. */
    public MinionClientException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
