package salt.common.loader;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a parameter of an {@link Exposed} method, or of a component of a {@link Group}, what its
 * Java declaration can't.
 */
public final class Argument {
  private Argument() {}

  /**
   * The value when the caller gives none: a YAML scalar or flow collection, such as {@code null}.
   */
  @Retention(RetentionPolicy.SOURCE)
  @Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
  public @interface Default {
    /** The value as YAML. */
    String value();
  }

  /** The argument's name where it differs from the parameter's, such as {@code default}. */
  @Retention(RetentionPolicy.SOURCE)
  @Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
  public @interface Named {
    /** The name in Salt. */
    String value();
  }

  /** Takes all further positional arguments; the parameter is a {@code List<Object>}. */
  @Retention(RetentionPolicy.SOURCE)
  @Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
  public @interface Positional {}

  /** Takes all further keyword arguments; the parameter is a {@code Map<String, Object>}. */
  @Retention(RetentionPolicy.SOURCE)
  @Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
  public @interface Keywords {}

  /**
   * Takes the arguments of a group: the parameter is a record whose components are declared as
   * parameters are, and stand in its place, in their order. The {@code @param} lines of the
   * record's Javadoc follow the function's own in what {@code sys.doc} prints.
   *
   * <p>A component that the function does not take has its default all the same. Components are
   * named in Salt's spelling. The record's source lies in the same Maven module.
   */
  @Retention(RetentionPolicy.SOURCE)
  @Target(ElementType.PARAMETER)
  public @interface Group {
    /** The components that the function takes, in the order in which it takes them; none: all. */
    String[] only() default {};

    /** Components that the function does not take. */
    String[] without() default {};

    /** Defaults of this function, each as YAML such as {@code rstrip: false}. */
    String[] defaults() default {};
  }
}
