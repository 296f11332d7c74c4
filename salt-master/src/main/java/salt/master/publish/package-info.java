/** Publishing: who is allowed, who should answer, which jid; then out on port 4505. */
package salt.master.publish;
