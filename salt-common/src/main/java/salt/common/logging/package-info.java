/** Logs by Salt's options: levels, formats, files; Logback for daemons, stderr for commands. */
package salt.common.logging;
