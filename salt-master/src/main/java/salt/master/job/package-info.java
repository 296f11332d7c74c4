/** The job cache: what was published, who should answer, who did; and how it survives a crash. */
package salt.master.job;
