package salt.master.publish;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.channel.FilterTopic;
import salt.common.channel.Publications;
import salt.common.transport.Transport;

/** Sends job maps out on the publish port, with {@code zmq_filtering} once for each topic. */
public final class PublishChannel {
  private static final Set<String> BY_ID = Set.of("glob", "pcre", "list");

  private final Publications publications;
  private final Transport.Publisher port;
  private final boolean filtering;
  private final boolean forSyndics;

  /**
   * Sends through {@code port}.
   *
   * @param filtering {@code zmq_filtering}
   * @param forSyndics {@code order_masters}: another copy for syndics
   */
  public PublishChannel(
      Publications publications, Transport.Publisher port, boolean filtering, boolean forSyndics) {
    this.publications = publications;
    this.port = port;
    this.filtering = filtering;
    this.forSyndics = forSyndics;
  }

  /**
   * Numbers, seals, signs and sends a job.
   *
   * @param minions the ids that the target names
   */
  public void send(Map<String, Object> job, List<String> minions) {
    List<String> topics = topics(job, minions);
    publications.send(
        job,
        body -> {
          if (!filtering) {
            port.send(List.of(body));
          }
          topics.forEach(
              topic -> port.send(List.of(topic.getBytes(StandardCharsets.US_ASCII), body)));
        });
  }

  private List<String> topics(Map<String, Object> job, List<String> minions) {
    List<String> topics = new ArrayList<>();
    if (!filtering) {
      return topics;
    }
    String type = String.valueOf(job.getOrDefault("tgt_type", "glob"));
    if (!BY_ID.contains(type)) {
      topics.add(FilterTopic.BROADCAST);
      return topics;
    }
    if (type.equals("list") && job.get("tgt") instanceof List<?> named) {
      named.forEach(id -> topics.add(FilterTopic.of(String.valueOf(id))));
    } else {
      minions.forEach(id -> topics.add(FilterTopic.of(id)));
    }
    if (forSyndics) {
      topics.add(FilterTopic.SYNDIC);
    }
    return topics;
  }

  /** The addresses that are connected to it now. */
  public List<String> peers() {
    return port.peers();
  }
}
