package salt.minion.process;

import salt.common.payload.Bytes;

/**
 * How a program ended.
 *
 * @param pid its process id
 * @param exitCode 0 to 255; a signal's number + 128 when one ended it
 * @param stdout what it wrote, standard error as well when merged
 * @param stderr what it wrote to standard error; empty when merged
 * @param timedOut whether it was killed because its time was over
 */
public record Finished(long pid, int exitCode, Bytes stdout, Bytes stderr, boolean timedOut) {}
