package dev.gatun.engine.kubernetes;

import dev.gatun.process.LaunchOptions;
import dev.gatun.process.LauncherException;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcUser;
import dev.gatun.process.ResourceLimits;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Pod for given options. Pure.
 *
 * @param launcher see {@link KubernetesSettings}
 * @param owner with whom Pods end that die with their launcher
 * @param terminationGrace see {@link KubernetesSettings}
 */
record PodMapping(String launcher, Optional<OwnerReference> owner, Duration terminationGrace) {

    static final String CONTAINER = "main";

    /** @throws LauncherException with one sentence where the options ask for what a Pod cannot be */
    Pod pod(String namespace, ProcId id, LaunchOptions options, PodSettings settings, String launch) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(PodName.of(id))
                .withNamespace(namespace)
                .addToLabels(settings.labels())
                .addToLabels(PodMarks.labels(id, launcher))
                .addToAnnotations(settings.annotations())
                .addToAnnotations(PodMarks.annotations(id, options))
                .addToAnnotations(PodMarks.LAUNCH, launch)
                .addAllToOwnerReferences(
                        options.diesWithLauncher() ? owner.stream().toList() : List.of())
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withContainers(container(options, settings))
                // Else it gets a variable for each Service of the namespace.
                .withEnableServiceLinks(false)
                .withServiceAccountName(settings.serviceAccount().orElse(null))
                // Who names no account has no use for its token, and a program that was broken into might.
                .withAutomountServiceAccountToken(settings.serviceAccount().isPresent())
                .withImagePullSecrets(settings.imagePullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .addToNodeSelector(settings.nodeSelector())
                .withRuntimeClassName(settings.runtimeClass().orElse(null))
                .withPriorityClassName(settings.priorityClass().orElse(null))
                .withActiveDeadlineSeconds(settings.activeDeadline()
                        .map(PodMapping::wholeSeconds)
                        .orElse(null))
                .withTerminationGracePeriodSeconds(wholeSeconds(terminationGrace))
                .endSpec()
                .build();
    }

    /** Rounded up: half a second is not none, which would be a kill. */
    static long wholeSeconds(Duration duration) {
        return duration.getSeconds() + (duration.getNano() > 0 ? 1 : 0);
    }

    private static Container container(LaunchOptions options, PodSettings settings) {
        if (options.argument0().isPresent() && !options.argument0().get().equals(options.program())) {
            throw refused("a pod's program is called by its own name, not by another argument 0");
        }
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(settings.image()
                        .orElseThrow(() -> refused("a pod needs an image, and neither the launch nor the launcher has "
                                + "the setting image")))
                .withImagePullPolicy(settings.imagePullPolicy().orElse(null))
                .withCommand(literal(options.program()))
                .withArgs(options.arguments().stream().map(PodMapping::literal).toList())
                .withEnv(environment(options.variables()))
                .withWorkingDir(options.workingDirectory().orElse(null))
                .withResources(resources(options.limits(), settings))
                .withSecurityContext(securityContext(options.user(), settings.isRestricted()))
                .build();
    }

    private static List<EnvVar> environment(Map<String, String> variables) {
        List<EnvVar> environment = new ArrayList<>();
        variables.forEach((name, value) -> environment.add(new EnvVar(name, literal(value), null)));
        return environment;
    }

    /** The kubelet replaces {@code $(NAME)} by a variable, and {@code $$} by one dollar. */
    static String literal(String text) {
        return text.replace("$", "$$");
    }

    /** Null where nothing is limited or requested, so that the namespace's own defaults hold. */
    private static ResourceRequirements resources(ResourceLimits limits, PodSettings settings) {
        if (limits.processes().isPresent()) {
            throw refused("the kubernetes launcher cannot limit the number of processes: "
                    + "only the configuration of a node can (podPidsLimit)");
        }
        Map<String, Quantity> limited = new LinkedHashMap<>();
        limits.memoryBytes().ifPresent(bytes -> limited.put("memory", new Quantity(Long.toString(bytes))));
        limits.processors().ifPresent(count -> limited.put("cpu", new Quantity(millis(count) + "m")));
        Map<String, Quantity> requested = new LinkedHashMap<>(limited);
        settings.memoryRequest()
                .ifPresent(text -> requested.put("memory", quantity("memory-request", text)));
        settings.cpuRequest().ifPresent(text -> requested.put("cpu", quantity("cpu-request", text)));
        if (requested.isEmpty()) {
            return null;
        }
        return new ResourceRequirementsBuilder()
                .withLimits(limited)
                .withRequests(requested)
                .build();
    }

    /** Rounded up, for zero is no limit; in decimals, for 0.07 times 1000 is more than 70 in binary. */
    private static long millis(double processors) {
        return BigDecimal.valueOf(processors)
                .movePointRight(3)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    private static Quantity quantity(String name, String text) {
        try {
            Quantity quantity = Quantity.parse(text);
            if (quantity.getNumericalAmount().signum() >= 0) {
                return quantity;
            }
        } catch (IllegalArgumentException malformed) {
            // Said below.
        }
        throw refused("the setting " + name + " is \"" + text + "\"; expected a quantity such as 500m or 64Mi");
    }

    /** Null where there is nothing to say, so that the image's own user holds. */
    private static SecurityContext securityContext(Optional<ProcUser> user, boolean isRestricted) {
        if (user.isEmpty() && !isRestricted) {
            return null;
        }
        SecurityContextBuilder context = new SecurityContextBuilder();
        user.ifPresent(who -> {
            context.withRunAsUser(number("user", who.user()));
            context.withRunAsGroup(
                    who.group().map(group -> number("group", group)).orElse(null));
        });
        if (isRestricted) {
            context.withRunAsNonRoot(true)
                    .withAllowPrivilegeEscalation(false)
                    .withNewCapabilities()
                    .withDrop("ALL")
                    .endCapabilities()
                    .withNewSeccompProfile()
                    .withType("RuntimeDefault")
                    .endSeccompProfile();
        }
        return context.build();
    }

    private static long number(String what, String text) {
        try {
            return Integer.parseUnsignedInt(text) & 0xffffffffL;
        } catch (NumberFormatException name) {
            throw refused("a pod's " + what + " is a number, since only the image knows names; it is \"" + text + "\"");
        }
    }

    private static LauncherException refused(String detail) {
        return new LauncherException(LauncherException.Operation.LAUNCH, detail);
    }
}
