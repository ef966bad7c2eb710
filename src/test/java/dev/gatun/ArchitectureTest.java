package dev.gatun;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import dev.gatun.config.DurationText;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The rules of the house: which package may know which, and what must not be used at all. */
@AnalyzeClasses(packages = "dev.gatun", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** From the ground up; a package includes those below its name and may use what is on lower floors. */
    private static final List<Set<String>> FLOORS = List.of(
            Set.of("ffm"),
            Set.of("linux", "log"),
            Set.of("loop", "config"),
            Set.of("lifecycle", "events"),
            Set.of("process"),
            Set.of("probe", "metrics", "spawner", "engine"),
            Set.of("run", "doctor", "service", "patterns", "profile"),
            Set.of("cli"));

    /** What a package may use beside it. */
    private static final Map<String, Set<String>> BESIDE = Map.of(
            "log", Set.of("linux"));

    /** What a program gets that embeds {@code process}. */
    private static final Set<String> EMBEDDED = Set.of("ffm", "linux", "log", "loop", "lifecycle", "events", "process");

    @ArchTest
    static final ArchRule packagesUseOnlyLowerFloors = classes()
            .that(are(notIn("ffm")))
            .should(lookDownOnly())
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyLinuxKnowsTheBindings = noClasses()
            .that(are(notIn("linux", "ffm")))
            .should().dependOnClassesThat(in("ffm"))
            .allowEmptyShould(true);

    /** Its static initialiser resets SIGCHLD, and its reaper thread would take exits that are the loop's. */
    @ArchTest
    static final ArchRule noProcessOfTheJdk = noClasses()
            .should().dependOnClassesThat(assignableTo(Process.class)
                    .or(assignableTo(ProcessBuilder.class))
                    .or(assignableTo(ProcessHandle.class)))
            .orShould().callMethodWhere(target(Runtime.class, "exec"));

    @ArchTest
    static final ArchRule theCoreIsPure = noClasses()
            .that(are(in("lifecycle")))
            .should().dependOnClassesThat(resideInAnyPackage(
                    "java.io..", "java.nio..", "java.net..", "java.util.concurrent..", "java.lang.foreign.."))
            .orShould().dependOnClassesThat(assignableTo(Thread.class)
                    .or(assignableTo(ThreadLocal.class))
                    .or(assignableTo(Random.class))
                    .or(resideInAPackage("java.util.random.."))
                    .or(assignableTo(java.time.Clock.class))
                    .or(assignableTo(java.time.InstantSource.class)))
            .orShould().callMethodWhere(target(Math.class, "random"))
            .orShould().callMethodWhere(target(System.class, "nanoTime", "currentTimeMillis", "getenv", "getProperty"))
            .orShould().callMethodWhere(describe("read the clock", call -> call.getName().equals("now")
                    && call.getTargetOwner().getPackageName().equals("java.time")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noMutableStatics = noFields()
            .that().areStatic()
            .and().areDeclaredInClassesThat(notIn("ffm"))
            .should().notBeFinal()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule classesAreNamedForWhatTheyDo = noClasses()
            .that(are(notIn("ffm")))
            .should().haveNameMatching(".*(Impl|Utils?|Helper)$")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyCliParsesArgumentsPrintsAndExits = noClasses()
            .that(are(notIn("cli", "ffm")))
            .should().dependOnClassesThat(resideInAPackage("picocli.."))
            .orShould().accessFieldWhere(target(System.class, "out", "err"))
            .orShould().callMethodWhere(target(System.class, "exit"))
            .orShould().callMethodWhere(target(Runtime.class, "exit", "halt"))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule whoEmbedsGatunNeedsNoLibrary = classes()
            .that(describe("embedded", type -> EMBEDDED.contains(packageOf(type))))
            .should().onlyDependOnClassesThat(resideInAnyPackage("java..", "jdk.jfr..")
                    .or(describe("embedded",
                            type -> EMBEDDED.contains(packageOf(type))
                                    && type.getPackageName().startsWith("dev.gatun")))
                    .or(type(DurationText.class)));

    /** Whoever embeds Gatun without a spawner need not have it; engines get it with their libraries. */
    @ArchTest
    static final ArchRule onlySpawnersKnowJackson = noClasses()
            .that(are(notIn("spawner", "engine")))
            .should().dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.."))
            .allowEmptyShould(true);

    private static ArchCondition<JavaClass> lookDownOnly() {
        return new ArchCondition<>("use packages on lower floors only") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                String name = packageOf(user);
                int floor = floor(name);
                if (floor < 0) {
                    events.add(violated(user, user.getDescription() + " is in a package without a floor"));
                }
                for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                    JavaClass used = dependency.getTargetClass().getBaseComponentType();
                    String below = packageOf(used);
                    if (used.getPackageName().startsWith("dev.gatun")
                            && !below.equals(name)
                            && floor(below) >= floor
                            && !BESIDE.getOrDefault(name, Set.of()).contains(below)) {
                        events.add(violated(user, "%s (%s, floor %d) must not know %s (floor %d): %s".formatted(
                                user.getSimpleName(), name, floor, below, floor(below), dependency.getDescription())));
                    }
                }
            }
        };
    }

    /** The first name below {@code dev.gatun}: the unit that has a floor. */
    private static String packageOf(JavaClass type) {
        String[] names = type.getPackageName().split("\\.");
        return names.length > 2 ? names[2] : "";
    }

    private static int floor(String name) {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            if (FLOORS.get(floor).contains(name)) {
                return floor;
            }
        }
        return -1;
    }

    private static DescribedPredicate<JavaClass> in(String name) {
        return resideInAPackage("dev.gatun." + name + "..");
    }

    private static DescribedPredicate<JavaClass> notIn(String... names) {
        return describe("outside " + List.of(names), type -> !List.of(names).contains(packageOf(type)));
    }

    private static DescribedPredicate<JavaAccess<?>> target(Class<?> owner, String... names) {
        return describe("%s.%s".formatted(owner.getSimpleName(), List.of(names)),
                access -> access.getTargetOwner().isEquivalentTo(owner) && List.of(names).contains(access.getName()));
    }
}
