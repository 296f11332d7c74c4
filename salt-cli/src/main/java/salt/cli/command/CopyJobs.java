package salt.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import salt.cli.client.Gathering;
import salt.cli.client.JobRequest;
import salt.cli.client.MinionReturn;
import salt.cli.client.PublishFailure;

/** The jobs of one {@code salt-cp}, all for the same minions. */
final class CopyJobs {
  private static final int DEFAULT_TIMEOUT = 5;

  private final CopyRequest request;
  private final Conversation conversation;

  CopyJobs(CopyRequest request, Conversation conversation) {
    this.request = request;
    this.conversation = conversation;
  }

  /**
   * Runs one job.
   *
   * @return what each minion returned, false for those that did not; empty when nobody matches,
   *     which has been said then
   */
  Map<String, Object> run(String fun, List<Object> arg) throws InterruptedException {
    int given = request.options().integer("timeout");
    Map<String, Object> returns = new LinkedHashMap<>();
    try {
      Gathering job =
          conversation
              .client()
              .publish(
                  new JobRequest(
                      request.target(),
                      request.targetType(),
                      fun,
                      arg,
                      given > 0 ? given : DEFAULT_TIMEOUT,
                      Map.of()));
      for (Optional<MinionReturn> next = conversation.client().next(job);
          next.isPresent();
          next = conversation.client().next(job)) {
        returns.put(next.get().id(), next.get().value());
      }
      job.unreturned().forEach(id -> returns.put(id, false));
      job.missing().forEach(id -> returns.put(id, false));
    } catch (PublishFailure e) {
      if (!e.matchedNobody()) {
        throw e;
      }
      conversation.out().println(e.getMessage());
      conversation.explain(e);
    }
    return returns;
  }
}
