/**
 * The annotation processor that writes a {@link salt.common.loader.ModuleIndex} for each module.
 */
package salt.common.loader.processor;
