package ign.backup.operation;

import ign.backup.config.Effective;

/**
 * A setting as it is in force.
 *
 * @param value as it was written, but of a web address only the server
 * @param origin {@code default}, {@code file}, {@code system property}, {@code environment} or {@code call}
 * @param place what exactly it was written in
 * @param changeable whether it can be changed while the server runs
 */
public record SettingReport(
        String name,
        String value,
        String origin,
        String place,
        String defaultValue,
        boolean changeable,
        String description) {

    static SettingReport of(Effective effective) {
        var setting = effective.setting();
        return new SettingReport(
                setting.name(),
                effective.shown(),
                effective.origin().label(),
                effective.place(),
                setting.defaultText(),
                setting.isChangeable(),
                setting.description());
    }
}
