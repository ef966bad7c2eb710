import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Says hello by HTTP: {@code Hello PORT}; or asks the one that does: {@code Hello --check PORT}. */
public final class Hello {

    private Hello() {}

    public static void main(String[] args) throws IOException {
        if (args[0].equals("--check")) {
            System.exit(answers(Integer.parseInt(args[1])) ? 0 : 1);
        }
        int port = Integer.parseInt(args[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", Hello::answer);
        server.start();
        // TERM ends a JVM with code 143, after this.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hello: ending")));
        System.out.println("hello: listening at port " + port + ", largest heap "
                + Runtime.getRuntime().maxMemory() + " bytes");
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = "hello from Java\n".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static boolean answers(int port) {
        try {
            URI uri = URI.create("http://127.0.0.1:" + port + "/");
            return ((HttpURLConnection) uri.toURL().openConnection()).getResponseCode() == 200;
        } catch (IOException noAnswer) {
            return false;
        }
    }
}
