package salt.common.loader;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a class to be a state module; its {@link Exposed} methods are what state files name, as
 * in {@code file.managed}. Otherwise as {@link ExecutionModule}, with the minion's context.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface StateModule {
  /** The name before the dot, as in {@code file}. */
  String value();
}
