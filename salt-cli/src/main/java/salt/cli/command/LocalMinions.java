package salt.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import salt.cli.client.Gathering;
import salt.cli.client.JobRequest;
import salt.cli.client.LocalClient;
import salt.cli.client.MinionReturn;
import salt.cli.client.PublishFailure;
import salt.common.config.Options;
import salt.common.transport.Transport;
import salt.common.transport.ZeroMqTransport;
import salt.master.runner.MinionClient;

/** The minions of the master on this machine, for runners in this process. */
final class LocalMinions implements MinionClient {
  private final Options options;
  private final Terminal terminal;

  LocalMinions(Options options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  @Override
  public Gathered run(Order order) {
    Options own = options.with("gather_job_timeout", order.gatherTimeout());
    JobRequest request =
        new JobRequest(
            order.target(),
            order.targetType(),
            order.fun(),
            order.arg(),
            order.timeout(),
            Map.of());
    try (Transport transport = new ZeroMqTransport();
        LocalClient client =
            new LocalClient(
                own, transport, terminal.surroundings().user(), terminal.environment())) {
      return gather(client, request);
    } catch (PublishFailure e) {
      if (e.matchedNobody()) {
        terminal.out().println(e.getMessage());
        return new Gathered(List.of(), Map.of());
      }
      throw new MinionClientException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MinionClientException("interrupted", e);
    }
  }

  private static Gathered gather(LocalClient client, JobRequest request)
      throws InterruptedException {
    Gathering gathering = client.publish(request);
    Map<String, Map<String, Object>> returns = new LinkedHashMap<>();
    for (Optional<MinionReturn> next = client.next(gathering);
        next.isPresent();
        next = client.next(gathering)) {
      MinionReturn came = next.get();
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("return", came.value());
      result.put("retcode", came.retcode());
      returns.put(came.id(), result);
    }
    return new Gathered(gathering.job().minions(), returns);
  }
}
