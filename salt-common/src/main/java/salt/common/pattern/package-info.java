/** Text patterns as Python reads them, with bounded matching: globs and regular expressions. */
package salt.common.pattern;
