package salt.cli.interop;

import java.util.Locale;

/** Whose program it is. */
enum Side {
  /** Real Salt's. */
  THEIRS,
  /** This project's. */
  OURS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
