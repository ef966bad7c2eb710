package dev.gatun.cli;

import dev.gatun.linux.CString;
import dev.gatun.service.config.ConfigSchemas;
import dev.gatun.spawner.message.MessageSchema;
import java.util.List;

/** {@code gatun schema service-static|service-custom|spawner}. */
final class SchemaCommand {

    private final Console console;

    SchemaCommand(Console console) {
        this.console = console;
    }

    int execute(List<CString> words) {
        ParsedOptions parsed = Commands.SCHEMA.parse(words);
        if (parsed.has(Commands.HELP)) {
            console.print(Help.of(Commands.SCHEMA));
            return 0;
        }
        String which = parsed.operands().isEmpty() ? "" : parsed.operands().getFirst().toString();
        console.print(switch (which) {
            case "service-static" -> ConfigSchemas.ofStaticFile();
            case "service-custom" -> ConfigSchemas.ofCustomFile();
            case "spawner" -> MessageSchema.text();
            case "" -> throw new UsageError("schema needs a name: service-static, service-custom or spawner");
            default ->
                throw new UsageError("no schema " + which + "; there are service-static, service-custom and spawner");
        });
        return 0;
    }
}
