/**
 * Declared functions of every kind: annotations, the compile-time index, binding of arguments.
 *
 * <p>An execution module or runner is one class with annotated methods; the annotation processor in
 * {@link salt.common.loader.processor} writes its index, so that nothing is reflected on at start.
 */
package salt.common.loader;
