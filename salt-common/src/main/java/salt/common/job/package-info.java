/** Jobs: their ids, publications, returns, and the arguments of functions. */
package salt.common.job;
