/** Master and minion options: defaults, files, includes, checks. */
package salt.common.config;
