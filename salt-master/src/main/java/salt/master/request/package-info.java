/** Requests on port 4506: the tables of allowed commands, the workers, the replies. */
package salt.master.request;
