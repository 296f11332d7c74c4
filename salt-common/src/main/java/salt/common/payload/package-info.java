/**
 * Values as they travel on Salt's wire and lie in its files.
 *
 * <p>A value is one of: {@code null}, {@link java.lang.Boolean}, {@link java.lang.Long} (or {@link
 * java.math.BigInteger} beyond its range), {@link java.lang.Double}, {@link java.lang.String},
 * {@link salt.common.payload.Bytes} (what is not valid UTF-8), {@link java.util.List} of values and
 * {@link java.util.Map} of values in insertion order. Writers accept every {@link
 * java.lang.Number}; readers produce only the types above.
 */
package salt.common.payload;
