package dev.gatun.probe;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An answer.
 *
 * @param status 200 to 599
 * @param contentType of the body, with its charset
 * @param body not copied: nobody changes it any more
 */
public record HttpResponse(int status, String contentType, byte[] body) {

    public HttpResponse {
        requireNonNull(contentType);
        requireNonNull(body);
    }

    /** An answer in plain text. */
    public static HttpResponse text(int status, String text) {
        return new HttpResponse(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer that says no more than its status does: {@code 404 Not Found}. */
    static HttpResponse plain(int status) {
        return text(status, status + " " + phrase(status) + "\n");
    }

    /**
     * The bytes to send. The connection is closed after each answer: probes come seconds apart, and a connection that
     * is kept would be one that a slow client keeps.
     */
    byte[] bytes(boolean withBody) {
        String head = "HTTP/1.1 " + status + " " + phrase(status) + "\r\n"
                + (status == 405 ? "Allow: GET, HEAD\r\n" : "")
                + "Content-Type: " + contentType + "\r\nContent-Length: " + body.length
                + "\r\nConnection: close\r\n\r\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + body.length);
        bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        if (withBody) {
            bytes.writeBytes(body);
        }
        return bytes.toByteArray();
    }

    /** The phrases of those that are sent by us; a client has no use for any (RFC 9112, 4). */
    private static String phrase(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            default -> "";
        };
    }
}
