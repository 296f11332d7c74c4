/** YAML by Salt's rules, into values and out of them. */
package salt.common.yaml;
