/**
 * The cryptography of Salt's wire: the symmetric envelope {@link salt.common.crypto.Crypticle}, RSA
 * keys and their files, signatures, OAEP and the X9.31 "private encryption" of tokens.
 */
package salt.common.crypto;
