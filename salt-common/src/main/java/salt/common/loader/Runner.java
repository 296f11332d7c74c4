package salt.common.loader;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a class to be a runner; its {@link Exposed} methods are what {@code salt-run
 * module.function} calls. Otherwise as {@link ExecutionModule}, with the master's context.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface Runner {
  /** The name before the dot, as in {@code jobs}. */
  String value();
}
