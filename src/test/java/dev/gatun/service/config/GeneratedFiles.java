package dev.gatun.service.config;

/**
 * Files as the generators for the older launchers write them: the Pants plugin for Python services, and the Gradle
 * plugins for Java services. They are to be accepted unchanged.
 */
final class GeneratedFiles {

    static final String PYTHON_STATIC = """
            configType: python
            configVersion: 1
            executable: service/bin/catalogue.pex
            pythonPath: /usr/bin/python3
            entryPoint: catalogue.web:app
            args:
            - server
            - var/conf/catalogue.yml
            env:
              PYTHONDONTWRITEBYTECODE: '1'
              PYTHONUNBUFFERED: '1'
            pythonOpts: []
            dirs:
            - var/data/tmp
            - var/log
            - var/run
            memory:
              mode: cgroup-aware
              maxRssPercent: 75.0
              heapFragmentationBuffer: 0.1
              mallocTrimThreshold: 131072
              mallocArenaMax: 2
            resources:
              maxOpenFiles: 65536
              maxProcesses: 4096
              coreDumpEnabled: false
            watchdog:
              enabled: true
              pollIntervalSeconds: 5
              softLimitPercent: 85.0
              hardLimitPercent: 95.0
              gracePeriodSeconds: 30
            """;

    static final String PYTHON_CHECK = """
            configType: python
            configVersion: 1
            executable: service/bin/catalogue.pex
            entryPoint: catalogue.health:main
            args:
            - check
            """;

    static final String JAVA_STATIC = """
            ---
            configType: "java"
            configVersion: 1
            dirs:
            - "var/data/tmp"
            mainClass: "com.example.orders.Orders"
            serviceName: "orders"
            javaHome: "$JAVA_17_HOME"
            classpath:
            - "service/lib/orders-1.4.0.jar"
            - "service/lib/jackson-core-2.17.2.jar"
            jvmOpts:
            - "-XX:+CrashOnOutOfMemoryError"
            - "-Djava.io.tmpdir=var/data/tmp"
            - "-XX:ErrorFile=var/log/hs_err_pid%p.log"
            - "-XX:+UseG1GC"
            args:
            - "server"
            - "var/conf/orders.yml"
            env:
              MALLOC_ARENA_MAX: "4"
              JAVA_17_HOME: "service/orders-1.4.0-jdks/jdk17"
            """;

    /** With no more than has to be there, and a Java that is found by the variable alone. */
    static final String JAVA_CHECK = """
            ---
            configType: "java"
            configVersion: 1
            dirs:
            - "var/data/tmp"
            mainClass: "com.example.orders.Orders"
            serviceName: "orders"
            javaHome: ""
            classpath:
            - "service/lib/orders-1.4.0.jar"
            jvmOpts:
            - "-Djava.io.tmpdir=var/data/tmp"
            args:
            - "check"
            env:
              MALLOC_ARENA_MAX: "4"
            """;

    /** Not generated, but written by hand beside the generated ones: sub-processes are a mapping there. */
    static final String EXECUTABLE_STATIC = """
            configType: executable
            configVersion: 1
            serviceName: metrics
            executable: service/bin/influxd
            args: [-config, var/conf/influxdb.conf]
            env:
              INFLUXDB_DATA: '{{CWD}}/var/data'
            dirs: [var/data, var/log]
            subProcesses:
              envoy:
                configType: executable
                executable: service/bin/envoy
                args: [-c, var/conf/envoy.yml]
                dirs: [var/data/envoy]
            """;

    static final String JAVA_CUSTOM = """
            configType: java
            configVersion: 1
            env:
              ORDERS_REGION: eu-west
            jvmOpts:
            - '-Xmx1g'
            - '-Dorders.region=eu-west'
            heapPercentage: 62.5
            dangerousDisableContainerSupport: false
            experimental:
              executionMode: jvm
            subProcesses:
              envoy:
                configType: executable
                env:
                  ENVOY_LEVEL: 3
            cgroupsV1:
              memory: orders
              cpu,cpuacct: orders
            """;

    static final String PYTHON_CUSTOM = """
            configType: python
            configVersion: 1
            args: [--verbose]
            env:
              CATALOGUE_REGION: eu-west
              CATALOGUE_SHARDS: 4
            pythonOpts: [-X, faulthandler]
            memory:
              maxRssPercent: 80
              mallocArenaMax: 4
            watchdog:
              enabled: false
            dangerousDisableContainerSupport: false
            """;

    private GeneratedFiles() {}
}
