package salt.common.jinja;

/** Text in the making, within a limit. */
final class Output {
  private final StringBuilder text = new StringBuilder();
  private final Limits limits;
  private boolean muted;

  Output(Limits limits) {
    this.limits = limits;
  }

  void write(String more) {
    if (!muted) {
      text.append(more);
      limits.checkText(text.length());
    }
  }

  /** Whether what is written is dropped. */
  void mute(boolean dropped) {
    muted = dropped;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
