package dev.gatun.service.instance;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import dev.gatun.process.ProcessSetup;
import java.util.List;

/** A launcher that claims an instance, says so, and becomes its program when it is told to. */
final class Becoming {

    private Becoming() {}

    public static void main(String[] arguments) throws Exception {
        Libc libc = new SystemLibc();
        InstanceClaim claim = new InstanceFile(libc, arguments[0], ExpectedCommand.ANY).claim(arguments[1]);
        claim.handedOver();
        System.out.println("claimed");
        System.in.read();
        CString program = CString.of(arguments[1]);
        new ProcessSetup(program, List.of(program, CString.of("100")), List.of()).tapeInPlace(libc).become(libc);
        claim.ended();
        System.out.println("failed");
        System.in.read();
        System.in.read();
    }
}
