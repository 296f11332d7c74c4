package salt.minion.job;

/**
 * How jobs run.
 *
 * @param proc where running jobs have their files
 * @param most how many run at once ({@code process_count_max}); -1 for no limit
 * @param remembered how many jids are remembered ({@code minion_jid_queue_hwm})
 * @param ordered results of several functions as lists ({@code multifunc_ordered})
 */
public record JobSettings(ProcDirectory proc, int most, int remembered, boolean ordered) {}
