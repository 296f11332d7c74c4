/** What the master remembers of its minions: grains, pillar and mine, in Salt's files. */
package salt.master.cache;
