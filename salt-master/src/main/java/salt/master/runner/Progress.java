package salt.master.runner;

/** Takes the steps of a run as it makes them; {@code display_progress} says whether they show. */
@FunctionalInterface
interface Progress {
  /** The run has come to this step. */
  void tell(String step);
}
