package salt.minion.job;

/**
 * How jobs run.
 *
 * @param proc where running jobs have their files
 * @param pool where they run
 * @param remembered how many jids are remembered ({@code minion_jid_queue_hwm})
 * @param ordered results of several functions as lists ({@code multifunc_ordered})
 */
public record JobSettings(ProcDirectory proc, JobPool pool, int remembered, boolean ordered) {}
