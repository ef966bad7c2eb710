package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.config.Setting;
import dev.gatun.linux.CString;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "PASSWORD", "DB_PASSWORD", "PGPASSWORD", "dbPassword", "db-password", "--db-password", "db.password",
        "spring.datasource.password", "PASSWD", "SSH_PASSPHRASE", "MYSQL_PWD", "DB_PASS", "pass", "TOKEN",
        "GITHUB_TOKEN", "accesstoken", "accessToken", "API_TOKENS", "SECRET", "AWS_SECRET_ACCESS_KEY", "clientSecret",
        "SECRET_KEY_BASE", "KEY", "API_KEY", "apikey", "APIKey", "privateKey", "AWS_ACCESS_KEY_ID", "CREDENTIALS",
        "GOOGLE_CREDENTIAL", "creds", "AUTH", "BASIC_AUTH", "OAUTH_CODE", "Authorization", "Proxy-Authorization",
        "SESSION_COOKIE", "JWT", "PASSWORD_2", "PASSWORD2", "HTTPPassword"})
    void namesOfSecrets(String name) {
        assertThat(Secrets.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "-", "PATH", "PWD", "OLDPWD", "OLD_PWD", "HOME", "LANG", "KEYBOARD", "MONKEY", "AUTHOR", "PASSENGERS",
        "COMPASS", "TOKENIZERS_PARALLELISM", "BYPASS", "PASSWORD_FILE", "TLS_KEY_PATH", "SECRETS_DIR",
        "SSH_AUTH_SOCK", "tokenFile", "SERVICE_NAME", "MEMORY_LIMIT_BYTES", "PORT", "port", "XAUTHORITY"})
    void otherNames(String name) {
        assertThat(Secrets.isSecret(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, quoteCharacter = '`', value = {
        "DB_PASSWORD=hunter2                          | DB_PASSWORD=***",
        "DB_PASSWORD=                                 | DB_PASSWORD=",
        "DB_PASSWORD=a=b c                            | DB_PASSWORD=***",
        "HOME=/root                                   | HOME=/root",
        "DB_URL=postgres://joe:hunter2@db:5432/x      | DB_URL=postgres://joe:***@db:5432/x",
        "REDIS_URL=redis://:hunter2@cache             | REDIS_URL=redis://:***@cache",
        "DB_URL=jdbc:pg://db/x?user=joe&password=p&a=b| DB_URL=jdbc:pg://db/x?user=joe&password=***&a=b",
        "DSN=host=db password=p user=joe              | DSN=host=db password=*** user=joe",
        "CONFIG={\"user\":\"joe\",\"password\":\"p,q\"} | CONFIG={\"user\":\"joe\",\"password\":\"***\"}",
        "CONFIG={token: abc}                          | CONFIG={token: ***",
        "HEADER=Authorization: Bearer abc             | HEADER=Authorization: ***",
        "no equals sign                               | no equals sign",
        "=x                                           | =x"
    })
    void entriesOfAnEnvironment(String entry, String shown) {
        assertThat(Secrets.entry(CString.of(entry))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, quoteCharacter = '`', value = {
        "a --db-password=x y                  | a --db-password=*** y",
        "a --db-password x y                  | a --db-password *** y",
        "a -password x y                      | a -password *** y",
        "a --token --verbose x                | a --token --verbose x",
        "a --token -x y                       | a --token *** y",
        "a --token                            | a --token",
        "a --token=                           | a --token=",
        "a -Dfoo.secret=x -Dfoo=y             | a -Dfoo.secret=*** -Dfoo=y",
        "a -Djavax.net.ssl.keyStore=x         | a -Djavax.net.ssl.keyStore=x",
        "a -Dssl.keyStorePassword=x           | a -Dssl.keyStorePassword=***",
        "a PASSWORD=x B=y                     | a PASSWORD=*** B=y",
        "a --password-file /run/x             | a --password-file /run/x",
        "a --url https://joe:p@host/x?a=1     | a --url https://joe:***@host/x?a=1",
        "a --url=https://host/?api_key=k&b=1  | a --url=https://host/?api_key=***&b=1",
        "a https://host:80/x@y                | a https://host:80/x@y",
        "a https://joe@host/x                 | a https://joe@host/x",
        "a https://joe:a/b@host/x             | a https://joe:***@host/x",
        "a https://a:b@c,https://d:e@f        | a https://a:***@c,https://d:***@f",
        "a --bind 0.0.0.0:80 --workers=4      | a --bind 0.0.0.0:80 --workers=4",
        "a user:key:x                         | a user:key:x"
    })
    void wordsOfACommandLine(String line, String shown) {
        assertThat(Secrets.commandLine(CString.listOf(line.split(" ")))).isEqualTo(shown);
    }

    @Test
    void aSecretWithBlanksIsMaskedToItsEnd() {
        assertThat(Secrets.words(CString.listOf(
                "curl", "--password=a b c", "-H", "Authorization: Bearer x y", "-H", "X-Api-Key: k", "--auth", "")))
                .containsExactly(
                        "curl", "--password=***", "-H", "Authorization: ***", "-H", "X-Api-Key: ***", "--auth", "");
    }

    @Test
    void settingsAreMaskedByTheirKeysOrAsACommandLine() {
        assertThat(shown(
                "executable: x",
                "pythonOpts: [--token]",
                "args: [--token, abc, --port, 80, '--key=k', 'x://a:b@c', '--key=a: b', \"a\\t\\\"\\\\b\"]",
                "env: {DB_PASSWORD: p, A.TOKEN: t, PORT: 80, URL: 'x://a:b@c', '': x, JSON: '{\"password\": \"a b\"}', PASS: a b}",
                "logging: {fields: {apiKey: k, team: a}}",
                "subProcesses: {auth: {executable: y, args: [--token, abc], env: {KEY: k}}}"))
                .contains(
                        "executable=x", "pythonOpts[0]=--token", "args[0]=--token", "args[1]=***", "args[2]=--port",
                        "args[3]=\"80\"", "args[4]=--key=***", "args[5]=x://a:***@c", "args[6]=\"--key=***\"",
                        "args[7]=\"a\\u0009\\\"\\\\b\"",
                        "env.JSON=\"{\\\"password\\\": \\\"***\\\"}\"", "env.PASS=***", "env.DB_PASSWORD=***",
                        "env.A.TOKEN=***", "env.PORT=\"80\"", "env.URL=x://a:***@c", "logging.fields.apiKey=***",
                        "logging.fields.team=a", "subProcesses.auth.executable=\"y\"",
                        "subProcesses.auth.args[0]=--token",
                        "subProcesses.auth.args[1]=***", "subProcesses.auth.env.KEY=***");
    }

    private static List<String> shown(String... lines) {
        List<Setting> settings = new ArrayList<>();
        Services.read(settings, lines);
        List<Setting> shown = Secrets.settings(settings);
        assertThat(shown).extracting(Setting::path)
                .isEqualTo(settings.stream().map(Setting::path).toList());
        return shown.stream().map(setting -> setting.path() + "=" + setting.value()).toList();
    }

    @Property
    void aSecretIsNeverShown(@ForAll @AlphaChars @StringLength(min = 12, max = 20) String secret) {
        String password = "=" + secret + "=:" + secret;
        for (String line : new String[]{
            "--password=" + password, "-Dx.token=" + password, "API_KEY=" + password,
            "x://u:" + password + "@h", "Authorization: Basic " + password, "{\"secret\":\"" + password + "\"}",
            "password='" + password + "' b=c"}) {
            assertThat(Secrets.commandLine(CString.listOf("a", line))).doesNotContain(secret);
            assertThat(Secrets.entry(CString.of("X=" + line))).doesNotContain(secret);
        }
        assertThat(Secrets.commandLine(CString.listOf("a", "--token", password))).doesNotContain(secret);
        assertThat(Secrets.entry(CString.of("TOKEN=" + password))).doesNotContain(secret);
    }
}
