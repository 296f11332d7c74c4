/** Runs publications: a thread a job, its file in {@code proc/}, its return until delivered. */
package salt.minion.job;
