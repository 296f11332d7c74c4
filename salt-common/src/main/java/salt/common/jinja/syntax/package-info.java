/** The text of templates cut into tokens. */
package salt.common.jinja.syntax;
