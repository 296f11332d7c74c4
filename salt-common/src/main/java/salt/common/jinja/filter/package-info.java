/**
 * Filters and tests of templates: Jinja's and Salt's. Each is declared in one place, with its
 * parameters in Python's notation.
 */
package salt.common.jinja.filter;
