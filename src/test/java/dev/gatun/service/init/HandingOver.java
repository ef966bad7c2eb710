package dev.gatun.service.init;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import dev.gatun.process.ProcessSetup;
import dev.gatun.service.instance.ExpectedCommand;
import dev.gatun.service.instance.InstanceClaim;
import dev.gatun.service.instance.InstanceFile;
import java.util.List;

/** A launcher that becomes its program, if it can. */
final class HandingOver {

    private HandingOver() {}

    public static void main(String[] arguments) {
        Libc libc = new SystemLibc();
        InstanceClaim claim = new InstanceFile(libc, arguments[0], ExpectedCommand.ANY).claim(arguments[1]);
        claim.handedOver();
        CString program = CString.of(arguments[1]);
        new ProcessSetup(program, List.of(program, CString.of("1000")), List.of()).tapeInPlace(libc).become(libc);
        claim.ended();
        System.out.println("cannot be executed");
        System.exit(1);
    }
}
