package salt.common.loader;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a class to be an execution module; its {@link Exposed} methods are the functions that
 * {@code salt '*' module.function} calls.
 *
 * <p>Several classes may declare functions of one module. Each has one constructor, without
 * parameters or with the minion's context alone. Its Javadoc is the module's documentation.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface ExecutionModule {
  /** The name before the dot, as in {@code cmd}. */
  String value();
}
