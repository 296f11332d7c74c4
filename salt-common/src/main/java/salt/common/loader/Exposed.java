package salt.common.loader;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a method to be a function of its module. Its Javadoc is what {@code sys.doc} prints; a
 * method without one does not compile.
 *
 * <p>Paragraphs, examples in {@code <pre>} and descriptions of parameters become the text; an
 * example is introduced by a line {@code CLI Example:}.
 *
 * <p>Names of the method and its parameters are turned from camelCase to snake_case. A parameter of
 * type {@link Call} receives the call itself and is no argument. Others are of type {@code Object},
 * {@code String}, {@code boolean}, {@code int}, {@code long}, {@code double} or their boxes (which
 * may be null), {@code List<Object>} or {@code Map<Object, Object>}. A checked exception reaches
 * the caller inside an unchecked one.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.METHOD)
public @interface Exposed {
  /** The function's name where it differs from the method's, such as {@code true} or {@code is}. */
  String name() default "";

  /** Further names of the same function within the module. */
  String[] aliases() default {};

  /** The outputter that shows the result unless another is asked for. */
  String outputter() default "";
}
