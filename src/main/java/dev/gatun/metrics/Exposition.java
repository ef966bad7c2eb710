package dev.gatun.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One answer to one scrape: figures as they are now, put together when somebody asks, so that nothing is counted twice
 * and nothing is loaded where nobody asks. For one thread.
 */
public final class Exposition {

    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final List<MetricSnapshot> snapshots = new ArrayList<>();

    /** A value that goes up and down. */
    public Exposition gauge(String name, String help, double value) {
        return gauge(name, help, "", Map.of("", value));
    }

    /** Several values of one name, told apart by a label. */
    public Exposition gauge(String name, String help, String label, Map<String, Double> values) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        for (Map.Entry<String, Double> value : values.entrySet()) {
            gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                    .labels(label.isEmpty() ? Labels.EMPTY : Labels.of(label, value.getKey()))
                    .value(value.getValue())
                    .build());
        }
        snapshots.add(gauge.build());
        return this;
    }

    /** A value that only goes up; {@code _total} is put behind its name. */
    public Exposition counter(String name, String help, double value) {
        snapshots.add(CounterSnapshot.builder().name(name).help(help)
                .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder().value(value).build())
                .build());
        return this;
    }

    /** The figures as text, ordered by their names. */
    public byte[] text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.builder().build().write(text, new MetricSnapshots(snapshots));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toByteArray();
    }
}
