package dev.ganzoo.export.onnx.reading;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Counts the entries of repeated fields in a file before it is parsed: an empty message takes two bytes in the file and a
 * hundred in memory.
 */
final class MessageCount {
    private static final int DEEPEST = 50;

    private final CodedInputStream stream;
    private final int most;
    private int count;

    private MessageCount(byte[] content, int most) {
        this.stream = CodedInputStream.newInstance(content);
        this.most = most;
    }

    static void check(byte[] content, int most) throws IOException {
        new MessageCount(content, most).walk(ModelProto.getDescriptor(), 0);
    }

    private void walk(Descriptor message, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new InvalidProtocolBufferException("messages lie more than %d deep".formatted(DEEPEST));
        }
        for (int tag = stream.readTag(); tag != 0; tag = stream.readTag()) {
            FieldDescriptor field = message.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            boolean delimited = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            boolean isMessage = field != null && field.getJavaType() == JavaType.MESSAGE;
            boolean isNumbers = field != null && field.isPackable();
            if (delimited && (isMessage || !isNumbers) && ++count > most) {
                throw new InvalidProtocolBufferException("it holds more than %,d messages".formatted(most));
            }
            if (delimited && isMessage) {
                int outer = stream.pushLimit(stream.readRawVarint32());
                walk(field.getMessageType(), depth + 1);
                stream.checkLastTagWas(0);
                stream.popLimit(outer);
            } else if (!stream.skipField(tag)) {
                throw new InvalidProtocolBufferException("a group ends that was not begun");
            }
        }
    }
}
