package salt.common.crypto;

import static salt.common.crypto.CryptoException.Reason.BAD_KEY;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemWriter;

/** Private keys behind a passphrase; the only use of Bouncy Castle, loaded with this class. */
final class EncryptedPem {
  private EncryptedPem() {}

  /** The key in PKCS#8, decrypted. */
  static byte[] decrypt(String text, String passphrase) {
    if (passphrase.isEmpty()) {
      throw new CryptoException(BAD_KEY, "the private key is encrypted and needs a passphrase");
    }
    char[] secret = passphrase.toCharArray();
    BouncyCastleProvider provider = new BouncyCastleProvider();
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      Object found = parser.readObject();
      if (found instanceof PEMEncryptedKeyPair pair) {
        return pair.decryptKeyPair(
                new JcePEMDecryptorProviderBuilder().setProvider(provider).build(secret))
            .getPrivateKeyInfo()
            .getEncoded();
      } else if (found instanceof PKCS8EncryptedPrivateKeyInfo info) {
        return info.decryptPrivateKeyInfo(
                new JceOpenSSLPKCS8DecryptorProviderBuilder().setProvider(provider).build(secret))
            .getEncoded();
      }
      throw new CryptoException(BAD_KEY, "there is no encrypted private key in the text");
    } catch (PEMException | PKCSException | OperatorCreationException e) {
      throw new CryptoException(
          BAD_KEY, "the private key can't be decrypted: the passphrase may be incorrect", e);
    } catch (IOException e) {
      throw new CryptoException(BAD_KEY, "the private key can't be read: " + e.getMessage(), e);
    }
  }

  /** A key in OpenSSL's own form, encrypted by AES-256. */
  static String encrypt(java.security.PrivateKey key, String passphrase) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(
          new JcaMiscPEMGenerator(
              key,
              new JcePEMEncryptorBuilder("AES-256-CBC")
                  .setProvider(new BouncyCastleProvider())
                  .build(passphrase.toCharArray())));
    } catch (IOException e) {
      throw new CryptoException(BAD_KEY, "encrypting the key failed: " + e.getMessage(), e);
    }
    return text.toString();
  }
}
