package salt.cli.client;

import java.util.List;

/**
 * A job that the master has published.
 *
 * @param jid its id
 * @param minions the ids that should return something
 * @param missing names of a list target that are no accepted minions
 */
public record PublishedJob(String jid, List<String> minions, List<String> missing) {}
