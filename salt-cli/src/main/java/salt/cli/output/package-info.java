/** Outputters: the text in which Salt's commands show values to people and to other programs. */
package salt.cli.output;
