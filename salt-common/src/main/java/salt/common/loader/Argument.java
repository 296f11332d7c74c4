package salt.common.loader;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of a parameter of an {@link Exposed} method what its Java declaration can't. */
public final class Argument {
  private Argument() {}

  /**
   * The value when the caller gives none: a YAML scalar or flow collection, such as {@code null}.
   */
  @Retention(RetentionPolicy.SOURCE)
  @Target(ElementType.PARAMETER)
  public @interface Default {
    /** The value as YAML. */
    String value();
  }

  /** The argument's name where it differs from the parameter's, such as {@code default}. */
  @Retention(RetentionPolicy.SOURCE)
  @Target(ElementType.PARAMETER)
  public @interface Named {
    /** The name in Salt. */
    String value();
  }

  /** Takes all further positional arguments; the parameter is a {@code List<Object>}. */
  @Retention(RetentionPolicy.SOURCE)
  @Target(ElementType.PARAMETER)
  public @interface Positional {}

  /** Takes all further keyword arguments; the parameter is a {@code Map<String, Object>}. */
  @Retention(RetentionPolicy.SOURCE)
  @Target(ElementType.PARAMETER)
  public @interface Keywords {}
}
