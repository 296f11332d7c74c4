/** The minion put together: wiring only. */
package salt.minion;
