/** The master put together: wiring only. */
package salt.master;
