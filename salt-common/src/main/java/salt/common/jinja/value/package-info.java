/**
 * Values of templates with the meaning that Python gives them: operators, methods, formatting.
 *
 * <p>A value is one of {@link salt.common.payload}'s, a {@link salt.common.payload.Tuple}, a {@link
 * java.util.Set} or a {@link salt.common.jinja.value.PythonObject}. Errors are {@link
 * salt.common.loader.PythonError}s in Python's words.
 */
package salt.common.jinja.value;
